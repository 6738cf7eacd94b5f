import type { DocumentRefusal } from "../document.ts";

/** Thrown by what reads a file when it cannot be used; `details` are numbers for its sentence. */
export class Unreadable extends Error {
  readonly reason: DocumentRefusal;
  readonly details: Record<string, number>;

  constructor(reason: DocumentRefusal, details: Record<string, number> = {}) {
    super(reason);
    this.name = "Unreadable";
    this.reason = reason;
    this.details = details;
  }
}
