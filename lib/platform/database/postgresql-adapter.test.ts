import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { PrismaClient } from "./generated/postgresql/client.ts";
import { postgresqlAdapter } from "./postgresql-adapter.ts";

// https://www.postgresql.org/docs/current/protocol-message-formats.html
const message = (type: string, body: Buffer) => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(4 + body.length);
  return Buffer.concat([Buffer.from(type), length, body]);
};
const AUTHENTICATION_OK = message("R", Buffer.alloc(4));
const READY_FOR_QUERY = message("Z", Buffer.from("I"));
const SHUTTING_DOWN = message(
  "E",
  Buffer.from("SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0"),
);

/** Lets everybody in, and says after that what it is given to say, or nothing for ever. */
async function serverThatSays(farewell: "nothing" | Buffer): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", () => {
      const welcome = [AUTHENTICATION_OK, READY_FOR_QUERY];
      if (farewell === "nothing") socket.write(Buffer.concat(welcome));
      else socket.end(Buffer.concat([...welcome, farewell]));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `postgresql://somebody@127.0.0.1:${(server.address() as AddressInfo).port}/leeward`;
}

test("threat 77: a server that goes down while it lets us in fails the query and nothing else", async () => {
  const client = new PrismaClient({ adapter: postgresqlAdapter(await serverThatSays(SHUTTING_DOWN)) });
  await expect(client.$queryRaw`SELECT 1`).rejects.toThrow();
  await expect(client.$transaction((tx) => tx.$queryRaw`SELECT 1`)).rejects.toThrow();
  await client.$disconnect();
});

test("threat 77: a server that falls silent is not waited for without end", async () => {
  const adapter = postgresqlAdapter(await serverThatSays("nothing"), { silenceMs: 200 });
  const client = new PrismaClient({ adapter });
  await expect(client.$queryRaw`SELECT 1`).rejects.toThrow();
  await expect(client.$transaction((tx) => tx.$queryRaw`SELECT 1`)).rejects.toThrow();
  await client.$disconnect();
});
