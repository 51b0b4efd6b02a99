// What a program that runs nodes needs of the server.

export { foundNode } from './desk/found-node.ts'
export { joinChannel } from './desk/join-channel.ts'
export { ServerError } from './error.ts'
export type { ServerErrorCode } from './error.ts'
export { openHome } from './home.ts'
export type { Home, NodeSettings } from './home.ts'
export { operatorTokenFile, startNode } from './main.ts'
export type { RunningNode, StartOptions } from './main.ts'
export { openNode } from './node.ts'
export type { NodeOptions, ParleyNode } from './node.ts'
