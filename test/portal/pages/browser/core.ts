import type { BaseEvent, Bx, Handler, PortalWindow } from './portal-window.ts'

/** The portal's `BX`: only what its own pages use. A classic script, so inline scripts may follow. */
function createBx(): Bx {
  const words: Record<string, unknown> = {}
  const handlers = new Map<string, Set<Handler>>()

  // Event names are case-insensitive.
  function handlersOf(name: string): Set<Handler> {
    const key = name.toLowerCase()
    const known = handlers.get(key) ?? new Set()
    handlers.set(key, known)
    return known
  }

  /** `(name, x)` or `(target, name, x)`: the target plays no part here. */
  function withoutTarget(values: unknown[]): [string, unknown] {
    const [name, value] = typeof values[0] === 'string' ? values : values.slice(1)
    return [String(name), value]
  }

  return Object.assign((id: string) => document.getElementById(id), {
    ready(callback: () => void): void {
      if (document.readyState === 'loading') {
        document.addEventListener('DOMContentLoaded', () => callback(), { once: true })
      } else {
        setTimeout(callback)
      }
    },
    message(given: Record<string, unknown> | string): unknown {
      if (typeof given === 'string') return words[given]
      return Object.assign(words, given)
    },
    addCustomEvent(...values: unknown[]): void {
      const [name, handler] = withoutTarget(values)
      handlersOf(name).add(handler as Handler)
    },
    removeCustomEvent(...values: unknown[]): void {
      const [name, handler] = withoutTarget(values)
      handlersOf(name).delete(handler as Handler)
    },
    onCustomEvent(...values: unknown[]): void {
      const [name, parameters] = withoutTarget(values)
      for (const handler of handlersOf(name)) {
        ;(handler as (...given: unknown[]) => void)(
          ...(Array.isArray(parameters) ? parameters : []),
        )
      }
    },
    PreventDefault(event: Event): false {
      event.preventDefault()
      return false
    },
    Event: {
      EventEmitter: {
        subscribe(name: string, handler: (event: BaseEvent) => void): void {
          handlersOf(name).add((...data) => handler({ getData: () => data }))
        },
      },
    },
    Crm: {},
    UI: {},
  })
}

;(window as unknown as PortalWindow).BX = createBx()
