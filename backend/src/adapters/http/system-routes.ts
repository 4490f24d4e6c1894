import type { Registry } from 'prom-client'
import { readiness, type Health } from './health.js'
import { buildOpenapi } from './openapi.js'
import type { Route } from './route.js'
import { healthSchema, readySchema, versionSchema } from './schemas.js'
import * as z from 'zod'

export function systemRoutes(version: string, health: Health, metrics: Registry): Route[] {
  return [versionRoute(version), aliveRoute(), readyRoute(health), metricsRoute(metrics)]
}

function versionRoute(version: string): Route {
  return {
    method: 'get',
    path: '/api/version',
    summary: "The product's version.",
    answers: { 200: { says: 'The version.', schema: versionSchema } },
    handle: async () => ({ status: 200, body: { version } }),
  }
}

function aliveRoute(): Route {
  return {
    method: 'get',
    path: '/healthz',
    summary: 'Does the process answer?',
    answers: { 200: { says: 'It does.', schema: healthSchema } },
    handle: async () => ({ status: 200, body: { status: 'ok' } }),
  }
}

function readyRoute(health: Health): Route {
  return {
    method: 'get',
    path: '/readyz',
    summary: 'Can calls be taken?',
    answers: {
      200: { says: 'Every part can be reached.', schema: readySchema },
      503: { says: 'A part cannot be reached; `parts` says which.', schema: readySchema },
    },
    handle: async () => {
      const view = await readiness(health)
      return { status: view.ready ? 200 : 503, body: view }
    },
  }
}

function metricsRoute(metrics: Registry): Route {
  return {
    method: 'get',
    path: '/metrics',
    summary: 'Metrics in the text format of Prometheus.',
    answers: { 200: { says: 'The metrics.' } },
    handle: async () => ({
      status: 200,
      body: await metrics.metrics(),
      headers: { 'Content-Type': metrics.contentType },
    }),
  }
}

/** The document describes itself as well, so it is built of all routes and this one. */
export function openapiRoute(version: string, others: Route[]): Route {
  const route: Route = {
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This document.',
    answers: { 200: { says: 'OpenAPI 3.1.', schema: z.looseObject({ openapi: z.string() }) } },
    handle: async () => ({ status: 200, body: document }),
  }
  const document = buildOpenapi(version, [...others, route])
  return route
}
