import type { PanelDomain } from '../../components/panel/domain.ts'

/** No rules are wired yet: nothing is offered, texts and numbers stand as they are. */
export const panelDomain: PanelDomain = {
  standing: () => ({
    pass: 1,
    attempt: 1,
    attempts: 1,
    grade: null,
    stopList: null,
    progress: 'open',
  }),
  callHours: () => null,
  offers: () => [],
  proposed: () => null,
  preview: () => ({ ok: false, reason: [] }),
  scriptOf: () => null,
  currentStep: () => null,
  answer: (_script, walk) => walk,
  back: (_script, walk) => walk,
  noteObjection: (walk) => walk,
  fill: (text) => text,
  formatPhone: ({ raw }) => raw,
}
