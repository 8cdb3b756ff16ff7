import { randomUUID } from 'node:crypto'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import helmet from 'helmet'
import type { Logger } from 'pino'
import { sendProblem } from '../problems/answer.js'
import { Problem } from '../problems/problem.js'
import { localHostOnly, requireToken, sameOrigin } from './guards.js'
import { drainAfter } from './drain.js'
import { problemOf } from './problem-of.js'
import { routes, type Route } from './routes.js'
import type { PageFolder } from '../options.js'
import type { Services } from './services.js'

export interface AppOptions {
  readonly services: Services
  readonly token?: string | undefined
  /** Folders of the pages, the first that has a file wins. */
  readonly pages: readonly (string | PageFolder)[]
  readonly logger: Logger
}

/** The whole HTTP side: headers, guards, routes, pages, problems. */
export function createApp({ services, token, pages, logger }: AppOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  app.use(log(logger))
  app.use(securityHeaders())
  if (token === undefined) app.use(localHostOnly)
  app.use(sameOrigin)

  const guard = token === undefined ? undefined : requireToken(token)
  for (const [path, ofPath] of byPath(routes)) {
    const place = app.route(path.replace(/\{(\w+)\}/g, ':$1'))
    for (const route of ofPath) {
      if (guard !== undefined && route.open !== true) place[route.method](guard)
      place[route.method](negotiate(route), (request, response) => route.handle(services, request, response))
    }
    place.all(notAllowed(ofPath))
  }
  for (const entry of pages) app.use(staticPages(typeof entry === 'string' ? { folder: entry } : entry))
  app.use((request: Request) => {
    throw new Problem('NOT_FOUND', { values: { path: request.path } })
  })
  // Express tells an error handler by its four parameters.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    const problem = problemOf(error, response.locals['request'] as string)
    const entry = { request: response.locals['request'] as string, err: error instanceof Problem ? error.cause : error }
    if (problem.status >= 500) logger.error(entry, `problem ${problem.code}`)
    else logger.debug(entry, `problem ${problem.code}`)
    drainAfter(request, response)
    sendProblem(request, response, problem)
  })
  return app
}

function staticPages({ folder, contentSecurityPolicy }: Partial<PageFolder> & { folder: string }) {
  return express.static(folder, {
    index: 'index.html',
    dotfiles: 'ignore',
    redirect: false,
    extensions: false,
    setHeaders(response) {
      if (contentSecurityPolicy !== undefined) response.setHeader('Content-Security-Policy', contentSecurityPolicy)
    },
  })
}

/** Nothing from elsewhere, no inline script or style, in no one's frame. TLS, and so HSTS, is a reverse proxy's. */
function securityHeaders(): ReturnType<typeof helmet> {
  const self = ["'self'"]
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: self,
        styleSrc: self,
        imgSrc: self,
        connectSrc: self,
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  })
}

/** One line a request. No header, no query and no body is logged: tokens and particulars have no place in a log. */
function log(logger: Logger) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const id = randomUUID()
    const begin = performance.now()
    response.locals['request'] = id
    response.set('X-Request-Id', id)
    const level = request.method === 'GET' ? 'debug' : 'info'
    response.once('close', () => {
      const milliseconds = Math.round(performance.now() - begin)
      logger[level](
        { request: id, method: request.method, path: request.path, status: response.statusCode, milliseconds },
        'request',
      )
    })
    next()
  }
}

function negotiate(route: Route) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.accepts(route.produces) === false)
      throw new Problem('NOT_ACCEPTABLE', { values: { produced: route.produces } })
    if (route.consumes !== undefined && !request.is([...route.consumes])) {
      throw new Problem('UNSUPPORTED_MEDIA_TYPE', {
        values: { expected: route.consumes.join(' or ') },
        headers: { 'Accept-Post': route.consumes.join(', ') },
      })
    }
    response.set('Cache-Control', 'no-cache')
    next()
  }
}

function notAllowed(ofPath: readonly Route[]) {
  const methods = ofPath.map(({ method }) => method.toUpperCase())
  const allowed = [...new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])].sort().join(', ')
  return (request: Request, response: Response): void => {
    if (request.method === 'OPTIONS') {
      response.status(204).set('Allow', allowed).end()
      return
    }
    throw new Problem('METHOD_NOT_ALLOWED', {
      values: { method: request.method, allowed },
      headers: { Allow: allowed },
    })
  }
}

function byPath(all: readonly Route[]): Map<string, Route[]> {
  const paths = new Map<string, Route[]>()
  for (const route of all) paths.set(route.path, [...(paths.get(route.path) ?? []), route])
  return paths
}
