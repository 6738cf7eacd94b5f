/** Who asks. Every query and command takes one first; it only ever comes from a checked session. */
export interface Actor {
  readonly id: string;
  readonly role: "administrator" | "member";
}
