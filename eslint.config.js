import eslint from '@eslint/js'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'
import { arrows } from './lint/arrows.js'

export default defineConfig(
  { ignores: ['**/dist/**', '**/coverage/**', '**/fixtures/**', 'samples/**', '.caizheng/**', '.caizheng-fabric/**'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // A promise given to a callback that ignores it is a lost error.
      '@typescript-eslint/no-misused-promises': 'error',
      // An interface's method may be asynchronous for the sake of its other implementations.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    // chai's assertions are property reads (`expect(x).to.be.true`), and a case may hold what it never touches.
    files: ['**/test/**/*.ts'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off' },
  },
  {
    // What runs before anything is built: plain JavaScript, for Node itself.
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        performance: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
      },
    },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { rooms: { rules: { arrows } } },
    rules: { 'rooms/arrows': 'error' },
  },
)
