/** The wire between browser and server: what both sides import, and nothing else crosses. */
export * from './ids.js'
export * from './errors.js'
export * from './status.js'
export * from './operator-view.js'
export * from './rest.js'
export * from './socket.js'
