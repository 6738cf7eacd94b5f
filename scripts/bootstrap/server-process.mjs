/** Arguments to Node that run the server. Node 22 still warns that it runs TypeScript. */
export const SERVER_ARGUMENTS = ["--disable-warning=ExperimentalWarning", "scripts/serve.mjs"];

/**
 * What the server's environment says of memory. glibc keeps a heap for every thread, and what was freed in it; two
 * heaps that give back do the same work in less. It reads this when a process starts, so whoever starts it says it.
 */
export const SERVER_MEMORY = {
  MALLOC_ARENA_MAX: "2",
  MALLOC_TRIM_THRESHOLD_: "65536",
  MALLOC_MMAP_THRESHOLD_: "65536",
};
