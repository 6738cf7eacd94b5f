import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { database } from "@/lib/platform/database";
import { register, signIn, signOutEverywhere } from "./commands";
import { actorOfSession } from "./sessions";

const PASSWORD = "seventeen quiet herons";
const somebody = () => ({ name: "Ada", email: `${randomUUID()}@example.org`, password: PASSWORD });
const address = () => randomUUID();

describe("accounts", () => {
  it("the first administers, even when several register at once; the others do not", async () => {
    await database().user.deleteMany();
    await Promise.all(Array.from({ length: 5 }, () => register(somebody(), address())));
    await register(somebody(), address());
    const roles = (await database().user.findMany()).map((user) => user.role).sort();
    expect(roles).toEqual(["administrator", "member", "member", "member", "member", "member"]);
  });

  it("keeps a password as argon2id alone", async () => {
    const { id } = await register(somebody(), address());
    const user = await database().user.findUniqueOrThrow({ where: { id } });
    expect(user.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify(user)).not.toContain(PASSWORD);
  });

  it("refuses an address that is taken, in whatever case", async () => {
    const person = somebody();
    await register(person, address());
    await expect(register(person, address())).rejects.toMatchObject({ code: "email-taken" });
  });

  it.each(["passwordpassword", "123456789012", "qwertyuiop123", "aaaaaaaaaaaaaa", "leewardleeward"])(
    "refuses the guessable password %s",
    async (password) => {
      await expect(register({ ...somebody(), password }, address())).rejects.toMatchObject({
        code: "weak-password",
      });
    },
  );

  it.each(["wilhelminaoltmanns", "Wilhelmina Oltmanns Wilhelmina", "W.Oltmanns-1234"])(
    "refuses %s from somebody of that name",
    async (password) => {
      const person = { name: "Wilhelmina Oltmanns", email: "wilhelmina.oltmanns@example.org", password };
      await expect(register(person, address())).rejects.toMatchObject({ code: "weak-password" });
    },
  );

  it("takes signs alone, and words of one's own beside the name", async () => {
    const person = { ...somebody(), name: "Wilhelmina Oltmanns" };
    for (const password of ["§$%&/()=?`´*~#<>|", "Wilhelmina rows nine herons"]) {
      await expect(
        register({ ...person, email: somebody().email, password }, address()),
      ).resolves.toBeDefined();
    }
  });
});

describe("signing in", () => {
  it("works with the password, in whatever Unicode form it is typed, and any case of the address", async () => {
    const person = { ...somebody(), password: "grüne Äpfel am Kai" };
    const { id } = await register(person, address());
    const signedIn = await signIn(person.email.toUpperCase(), person.password.normalize("NFD"), address());
    expect(signedIn).toEqual({ id, tokenVersion: 0 });
  });

  it("says the same for an unknown address and a wrong password, and hashes for both", async () => {
    const person = somebody();
    await register(person, address());
    const wrong = await signIn(person.email, "not this one at all", address()).catch((error) => error);
    const unknown = await signIn(`${randomUUID()}@example.org`, PASSWORD, address()).catch((error) => error);
    expect([wrong.code, wrong.details]).toEqual([unknown.code, unknown.details]);
    expect(wrong.code).toBe("wrong-credentials");
    // The work is the same, so is the time within noise: a missing hash would be a hundred times faster.
    const time = async (email: string) => {
      const start = process.cpuUsage();
      for (let i = 0; i < 3; i++) await signIn(email, "not this one at all", address()).catch(() => {});
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    const [known, foreign] = [await time(person.email), await time(`${randomUUID()}@example.org`)];
    expect(foreign / known).toBeGreaterThan(0.3);
  });

  it("threat 19: an account's limit holds whatever address the tries come from; success starts it again", async () => {
    const person = somebody();
    await register(person, address());
    for (let i = 0; i < 9; i++) {
      await expect(signIn(person.email, "wrong wrong wrong", address())).rejects.toMatchObject({
        code: "wrong-credentials",
      });
    }
    await signIn(person.email, PASSWORD, address());
    for (let i = 0; i < 10; i++) await signIn(person.email, "wrong wrong wrong", address()).catch(() => {});
    const refusal = await signIn(person.email, PASSWORD, address()).catch((error) => error);
    expect(refusal.code).toBe("too-many-tries");
    expect(refusal.details.retryAfter).toBeGreaterThan(0);
  });

  it("an address's limit holds whatever accounts it tries", async () => {
    const from = address();
    for (let i = 0; i < 60; i++) await signIn(`${i}@example.org`, "x", from).catch(() => {});
    await expect(signIn("another@example.org", "x", from)).rejects.toMatchObject({ code: "too-many-tries" });
  });
});

describe("sessions", () => {
  it("end everywhere at once", async () => {
    const { id } = await register(somebody(), address());
    const actor = await actorOfSession(id, 0);
    expect(actor?.id).toBe(id);
    if (actor) await signOutEverywhere(actor);
    expect(await actorOfSession(id, 0)).toBeNull();
    expect((await actorOfSession(id, 1))?.id).toBe(id);
  });

  it("are refused while suspended, and when the person is gone", async () => {
    const { id } = await register(somebody(), address());
    await database().user.update({ where: { id }, data: { suspendedAt: new Date() } });
    await expect(actorOfSession(id, 0)).rejects.toMatchObject({ code: "suspended" });
    await database().user.delete({ where: { id } });
    expect(await actorOfSession(id, 0)).toBeNull();
  });
});
