// The library's dependency injection looks for the polyfill as it loads, so this import stands first.
import 'reflect-metadata'
export * from '@peculiar/x509'
