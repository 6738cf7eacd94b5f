"use client";

import { createContext, type ReactNode, useContext } from "react";

/** The text of an answer as the server drew it. */
export interface Drawn {
  /** Characters of the text: an answer only grows. */
  length: number;
  node: ReactNode;
}

const Context = createContext<Record<string, Drawn>>({});

/** `value`: by message id. */
export function DrawnContext({ value, children }: { value: Record<string, Drawn>; children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

export const useDrawn = (messageId: string): Drawn | undefined => useContext(Context)[messageId];
