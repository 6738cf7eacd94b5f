import { environment } from "@/lib/platform/environment";
import { connect } from "@/lib/platform/redis";
import { memoryStreamBus } from "./memory";
import { redisStreamBus } from "./redis";

/**
 * Carries what a generation writes to whoever follows it, and what happens in a person's threads to their tabs.
 * Events are JSON texts, so that they are written once however many follow.
 */
export interface StreamBus {
  /** Opens a stream; its first event will be numbered 1. */
  open(stream: string): void;
  /** Appends the next event. Sequences of a stream have no gap. */
  append(stream: string, sequence: number, event: string): void;
  /** Events up to this one are in the database now, and need not be kept for those who join later. */
  trim(stream: string, upTo: number): void;
  /** No more events; forgets the stream. What it wrote is in the database by then. */
  close(stream: string): void;
  /**
   * Makes a stream that another server writes followable here. False when nobody is writing it, or nobody who can
   * be heard: then only the database tells.
   */
  reach(stream: string): Promise<boolean>;
  /** True when the stream is open here and keeps every event after this one. */
  keeps(stream: string, after: number): boolean;
  /**
   * Gives every event after `after`, the kept ones first, each once and in order. Null when the stream is not
   * open here or does not keep that far back: the caller then reads the database and tries again from there.
   */
  follow(stream: string, after: number, listener: EventListener): (() => void) | null;

  /** Asks whoever runs the stream to stop. */
  requestStop(stream: string): void;
  onStop(stream: string, listener: () => void): () => void;

  /** Tells all who listen now; nothing is kept. */
  publish(channel: string, event: string): void;
  listen(channel: string, listener: (event: string) => void): () => void;
  /** Told when other servers may have published what was not heard here. */
  onMissed(listener: () => void): () => void;
}

export type EventListener = (sequence: number, event: string) => void;

// Bundles of routes and of the start-up hook may each hold a copy of this module: the bus must be one.
const shared = globalThis as { leewardStreamBus?: StreamBus };

export function streamBus(): StreamBus {
  shared.leewardStreamBus ??= chosen();
  return shared.leewardStreamBus;
}

function chosen(): StreamBus {
  const { redisUrl } = environment();
  // Listening takes a connection of its own.
  return redisUrl ? redisStreamBus(connect(redisUrl), connect(redisUrl)) : memoryStreamBus();
}
