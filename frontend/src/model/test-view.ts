import { callId, queueId, userId, type CallView, type OperatorView, type TargetView } from '@tsunagu/contract'

/** A view to start a test from: logged in, preparing, no call. */
export function viewWith(changes: Partial<OperatorView> = {}): OperatorView {
  return {
    seq: 1,
    now: 10_000,
    me: { id: userId('6320'), name: '佐藤 花子', role: 'operator', extension: '6320' },
    status: { kind: 'preparing', since: 10_000 },
    works: ['研修', 'その他'],
    phone: { registered: true },
    outside: { numbers: [] },
    ...changes,
  }
}

export function callWith(changes: Partial<CallView> = {}): CallView {
  return {
    id: callId('c1'),
    phase: 'ringing',
    direction: 'in',
    internal: false,
    number: '09011111111',
    queue: { id: queueId('main'), name: '代表', number: '0350600025' },
    since: 10_000,
    waitedMs: 18_400,
    ...changes,
  }
}

export function targetWith(changes: Partial<TargetView> = {}): TargetView {
  return { kind: 'operator', phase: 'ringing', number: '6321', name: '鈴木 太郎', since: 20_000, ...changes }
}
