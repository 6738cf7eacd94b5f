import { type Prisma, PrismaClient } from "./generated/postgresql/client.ts";
import { postgresqlAdapter } from "./postgresql-adapter.ts";

/** A client of the PostgreSQL at this address. */
export const openPostgresql = (
  databaseUrl: string,
  options: Pick<Prisma.PrismaClientOptions, "transactionOptions">,
): PrismaClient => new PrismaClient({ ...options, adapter: postgresqlAdapter(databaseUrl) });
