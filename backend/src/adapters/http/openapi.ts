import * as z from 'zod'
import { SESSION_COOKIE } from './cookie.js'
import type { Route, Schema } from './route.js'
import { errorSchema, loggedOutSchema } from './schemas.js'

type Json = Record<string, unknown>
type Answers = Route['answers']

/** Every address of `routes` as OpenAPI 3.1, with the answers that all of their kind share. */
export function buildOpenapi(version: string, routes: Route[]): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operation(route) }
  return {
    openapi: '3.1.0',
    info: { title: 'Tsunagu', version, license: { name: 'MIT', identifier: 'MIT' } },
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE } },
    },
  }
}

function operation(route: Route): Json {
  return {
    summary: route.summary,
    ...(route.session ? { security: [{ session: [] }] } : {}),
    ...(route.method === 'post' ? { parameters: [MEANT] } : {}),
    ...(route.body ? { requestBody: { content: jsonOf(route.body) } } : {}),
    responses: Object.fromEntries(
      Object.entries({ ...sharedAnswers(route), ...route.answers }).map(([status, answer]) => [
        status,
        response(answer),
      ]),
    ),
  }
}

const MEANT = {
  name: 'X-Requested-With',
  in: 'header',
  required: true,
  schema: { type: 'string', const: 'tsunagu' },
}

function sharedAnswers({ body, method, session }: Route): Answers {
  return {
    ...(body
      ? { 400: { says: 'The body is not of this form; `field` names what is wrong.', schema: errorSchema } }
      : {}),
    ...(session ? { 401: { says: 'No session.', schema: loggedOutSchema } } : {}),
    ...(method === 'post' ? { 403: { says: 'Not sent by our own page.', schema: errorSchema } } : {}),
    500: { says: 'A fault; it was logged.', schema: errorSchema },
  }
}

function response({ says, schema }: Answers[number]): Json {
  const content = schema ? jsonOf(schema) : { 'text/plain': { schema: { type: 'string' } } }
  return { description: says, content }
}

function jsonOf(schema: Schema): Json {
  const { $schema: _, ...described } = z.toJSONSchema(schema)
  return { 'application/json': { schema: described } }
}
