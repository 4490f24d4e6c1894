import { pageId, userId, type UserId } from '@tsunagu/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { testDirectory } from '../support/directory.js'
import { Stage, userOf } from '../support/stage.js'

const PAGE = pageId('page-of-the-test')
const naoko = userId('6301')
let stage: Stage
let hanako: UserId

/** With the setting as it is given, 6320 talks to a caller. */
async function talk(showsListeners: boolean): Promise<void> {
  const directory = { ...testDirectory(20_000), showsListeners: () => Promise.resolve(showsListeners) }
  stage = new Stage({ directory })
  hanako = await stage.operator('6320')
  const user = { ...userOf(naoko, []), role: 'supervisor' as const }
  const { desk, operators, engine } = stage.core
  await desk.logIn(user, { tokenHash: 't', userId: user.id, createdAt: 0, phoneSecret: 's' })
  await desk.claimPhone(user.id, PAGE)
  await operators.apply(user.id, { type: 'registered', at: stage.now, registered: true })
  await stage.caller('c1')
  engine.accept({ type: 'leg-up', at: stage.now, leg: 'c1:leg:1' })
  await stage.quiet()
  await desk.answer(hanako, PAGE)
  await stage.quiet()
}

const listen = (mode: 'listen' | 'barge') => stage.core.desk.listen(naoko, PAGE, { operatorId: hanako, mode })
const shown = async () => {
  await stage.quiet()
  return stage.views.get(hanako)?.heardBy
}

beforeEach(() => talk(true))
afterEach(() => stage.close())

test('with the setting the operator sees who listens, in which mode, and no longer when it is over', async () => {
  expect(await shown()).toBeUndefined()
  expect(await listen('listen')).toEqual({ ok: true })
  const { name } = userOf(naoko, [])
  await expect.poll(shown).toEqual([{ name, mode: 'listen' }])
  await listen('barge')
  await expect.poll(shown).toEqual([{ name, mode: 'barge' }])
  expect(await stage.core.desk.stopListening(naoko, PAGE)).toEqual({ ok: true })
  await expect.poll(shown).toBeUndefined()
})

test('without it he sees nobody', async () => {
  await stage.close()
  await talk(false)
  expect(await listen('barge')).toEqual({ ok: true })
  expect(await shown()).toBeUndefined()
})
