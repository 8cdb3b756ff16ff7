import type { Request, Response } from 'express'
import type { Problem } from './problem.js'
import { problemTexts, type Language } from './texts.js'

/** The language that the reader prefers; English where the request doesn't say. */
export function languageOf(request: Request): Language {
  const language = request.acceptsLanguages('en', 'zh')
  return language === 'zh' ? 'zh' : 'en'
}

/** The members of a problem, as RFC 9457 has them, with `code` for programs. */
export function problemBody(problem: Problem, language: Language, instance: string): Record<string, unknown> {
  const text = problemTexts[problem.code][language]
  return {
    type: `urn:caizheng:problem:${problem.code}`,
    title: text.title,
    status: problem.status,
    detail: fill(text.detail, { ...problem.values, ...problem.localized?.[language] }),
    instance,
    code: problem.code,
    ...problem.members,
  }
}

/** Sends a problem. Without effect where an answer has begun. */
export function sendProblem(request: Request, response: Response, problem: Problem): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const language = languageOf(request)
  response
    .status(problem.status)
    .set({
      'Content-Type': 'application/problem+json; charset=utf-8',
      'Content-Language': language === 'zh' ? 'zh-CN' : 'en',
      'Cache-Control': 'no-store',
      ...problem.headers,
    })
    .vary('Accept-Language')
    .send(JSON.stringify(problemBody(problem, language, request.path)))
}

function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}
