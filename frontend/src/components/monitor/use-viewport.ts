import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** How far a scrolling element has been scrolled, and how high it is. */
export function useViewport(element: Readonly<Ref<HTMLElement | null>>): {
  top: Ref<number>
  height: Ref<number>
} {
  const top = ref(0)
  const height = ref(0)
  const observer = new ResizeObserver(measure)

  function measure(): void {
    top.value = element.value?.scrollTop ?? 0
    height.value = element.value?.clientHeight ?? 0
  }

  onMounted(() => {
    if (!element.value) return
    element.value.addEventListener('scroll', measure, { passive: true })
    observer.observe(element.value)
  })
  onBeforeUnmount(() => observer.disconnect())
  return { top, height }
}
