import { pageId, userId } from '@tsunagu/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Stage, userOf } from '../support/stage.js'

const PAGE = pageId('page-of-the-test')
const chief = userId('6301')

let stage: Stage

beforeEach(async () => {
  stage = new Stage()
  const { desk, operators, engine } = stage.core
  const user = { ...userOf(chief, []), role: 'supervisor' as const }
  await desk.logIn(user, { tokenHash: 't', userId: chief, createdAt: 0, phoneSecret: 's' })
  await desk.claimPhone(chief, PAGE)
  await operators.apply(chief, { type: 'registered', at: stage.now, registered: true })
  const hanako = await stage.operator('6320')
  await stage.caller('c1')
  engine.accept({ type: 'leg-up', at: stage.now, leg: 'c1:leg:1' })
  await stage.quiet()
  await desk.answer(hanako, PAGE)
  await stage.quiet()
})
afterEach(() => stage.close())

test('a supervisor whom Redis has lost listens to nobody any more', async () => {
  const { desk, listeners, listenings } = stage.core
  const hanako = userId('6320')
  expect(await desk.listen(chief, PAGE, { operatorId: hanako, mode: 'listen' })).toEqual({ ok: true })
  expect(listeners.of(hanako)).toMatchObject([{ id: chief }])
  const recover = async (): Promise<void> =>
    listenings.recover(await stage.live.operators.list(), await stage.telephony.facts())
  await recover()
  expect(listeners.of(hanako)).toHaveLength(1)
  await stage.live.operators.remove(chief)
  await recover()
  expect(listeners.of(hanako)).toEqual([])
})
