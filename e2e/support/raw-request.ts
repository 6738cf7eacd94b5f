import { connect } from "node:net";

/** Sends these bytes as they are and answers what comes back until the server closes or five seconds passed. */
export function rawRequest(url: string, bytes: string): Promise<string> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ port: Number(port), host: "localhost" }, () => socket.write(bytes));
    let received = "";
    socket.setTimeout(5_000, () => socket.destroy());
    socket.on("data", (chunk) => {
      received += chunk;
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(received));
  });
}

/** Sends these bytes and breaks the connection off in the same breath, as whoever is gone before the answer. */
export function brokenRequest(url: string, bytes: string): Promise<void> {
  const { port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ port: Number(port), host: "localhost" }, () => {
      socket.write(bytes, () => socket.resetAndDestroy());
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve());
  });
}
