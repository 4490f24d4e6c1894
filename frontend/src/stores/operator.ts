import type { OperatorView, ParkedView, ParksView } from '@tsunagu/contract'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Parking } from '../model/announcements'
import { betterOffset } from '../model/server-clock'

/** `lost` begins two seconds after the link broke: shorter gaps are nobody's business. */
export type LinkState = 'connecting' | 'up' | 'broken' | 'lost'

/** The server's latest word on this operator, and how fresh it is. */
export const useOperatorStore = defineStore('operator', () => {
  const view = shallowRef<OperatorView>()
  const parked = shallowRef<ParkedView[]>([])
  /** What this page has asked to be parked, until the answer. */
  const parking = shallowRef<Parking>()
  const link = ref<LinkState>('connecting')
  const offset = ref<number>()
  let parksFloor = -1

  function linkIs(state: LinkState): void {
    link.value = state
    if (state === 'up') offset.value = undefined
  }

  /** Every message that tells the server's time makes the page's one clock better. */
  function heardTime(serverNow: number, receivedAt: number): void {
    offset.value = betterOffset(offset.value, serverNow, receivedAt)
  }

  /** Takes a view unless a newer one is already here. */
  function take(next: OperatorView, receivedAt: number): boolean {
    if (view.value && next.seq <= view.value.seq) return false
    heardTime(next.now, receivedAt)
    view.value = next
    return true
  }

  function takeParks(next: ParksView): void {
    if (next.seq <= parksFloor) return
    parksFloor = next.seq
    parked.value = next.parked
  }

  function forget(): void {
    view.value = undefined
    parked.value = []
    parking.value = undefined
    link.value = 'connecting'
    offset.value = undefined
  }

  const linkUp = computed(() => link.value === 'up')
  return { view, parked, parking, link, linkUp, offset, linkIs, heardTime, take, takeParks, forget }
})
