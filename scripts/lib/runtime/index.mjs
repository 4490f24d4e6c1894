// @ts-check
export { startAsterisk } from './asterisk.mjs'
export { CARRIER_USER, startCarrier } from './carrier.mjs'
export { installRuntime } from './install.mjs'
export { installPostgres, startPostgres } from './postgres.mjs'
export { startValkey } from './valkey.mjs'

/** @typedef {import('./install.mjs').Runtime} Runtime */
/** @typedef {import('./part.mjs').Part} Part */
