import "server-only";
import { database } from "@/lib/platform/database";
import { Problem } from "@/lib/platform/problem";
import type { Actor } from "@/lib/users/actor";
import { forget } from "./queries";
import type { SettingKey, SettingValue } from "./settings";

/** Sets it for the whole installation. Throws `not-found` to everybody but administrators. */
export async function changeSetting<Key extends SettingKey>(
  actor: Actor,
  key: Key,
  value: SettingValue<Key>,
): Promise<SettingValue<Key>> {
  if (actor.role !== "administrator") throw new Problem("not-found");
  const data = { value, updatedAt: new Date() };
  await database().setting.upsert({ where: { key }, create: { key, ...data }, update: data });
  forget(key);
  return value;
}
