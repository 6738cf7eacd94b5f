export interface Toast {
  text: string;
  /** A way to answer it, e.g. Undo. */
  action?: { label: string; run: () => void };
  /** What went wrong. */
  bad?: boolean;
}

export interface ShownToast extends Toast {
  id: number;
}

interface View {
  toasts: readonly ShownToast[];
  /** The open modal dialog that the toasts stand in; null: the page. */
  host: HTMLElement | null;
}

const SHOWN_MS = 8000;
const MOST = 3;

let view: View = { toasts: [], host: null };
let lastId = 0;
const hosts: HTMLElement[] = [];
const timers = new Map<number, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();

/** Says something for 8 seconds, longer while it is pointed at or holds the focus. Returns what takes it away. */
export function toast(said: Toast): () => void {
  const id = ++lastId;
  for (const { id: oldest } of view.toasts.slice(0, Math.max(0, view.toasts.length + 1 - MOST)))
    dismiss(oldest);
  change({ toasts: [...view.toasts, { ...said, id }] });
  countDown(id);
  return () => dismiss(id);
}

export function dismiss(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
  change({ toasts: view.toasts.filter((toast) => toast.id !== id) });
  // What was pressed in it is gone, so that no event says that the focus and the pointer left.
  resume();
}

/** Nothing goes away until `resume`. */
export function pause(): void {
  for (const timer of timers.values()) clearTimeout(timer);
}

/** Each has its full time again. */
export function resume(): void {
  for (const { id } of view.toasts) countDown(id);
}

/** Toasts stand inside this modal dialog from now on; returns what ends that. */
export function enterToastHost(host: HTMLElement): () => void {
  hosts.push(host);
  change({ host });
  return () => {
    hosts.splice(hosts.indexOf(host), 1);
    change({ host: hosts.at(-1) ?? null });
  };
}

export const toastView = (): View => view;

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function countDown(id: number): void {
  clearTimeout(timers.get(id));
  timers.set(
    id,
    setTimeout(() => dismiss(id), SHOWN_MS),
  );
}

function change(part: Partial<View>): void {
  view = { ...view, ...part };
  for (const listener of listeners) listener();
}
