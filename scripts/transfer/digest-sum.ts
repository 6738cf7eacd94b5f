import type { Row } from "./store.ts";
import { digestOf } from "./values.ts";

const MODULUS = 1n << 256n;

/** A fingerprint of rows in whatever order, in constant space: how many, and the sum of their SHA-256. */
export class DigestSum {
  count = 0;
  #sum = 0n;

  add(row: Row): void {
    this.count++;
    this.#sum = (this.#sum + BigInt(`0x${digestOf(row)}`)) % MODULUS;
  }

  equals(other: DigestSum): boolean {
    return this.count === other.count && this.#sum === other.#sum;
  }
}
