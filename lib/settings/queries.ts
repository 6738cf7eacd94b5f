import "server-only";
import { database, type Transaction } from "@/lib/platform/database";
import { SETTINGS, type SettingKey, type SettingValue } from "./settings";

/** What is set for the installation; read anew each time, so that a change holds at once on every server. */
export async function setting<Key extends SettingKey>(
  key: Key,
  tx: Transaction = database(),
): Promise<SettingValue<Key>> {
  const row = await tx.setting.findUnique({ where: { key }, select: { value: true } });
  const { schema, unset } = SETTINGS[key];
  // The key's own schema: TypeScript does not follow it through the index.
  return schema.parse(row?.value ?? unset) as SettingValue<Key>;
}

/** How long what every question needs is known before it is read again. Milliseconds. */
const FRESH_MS = 5_000;
const known = new Map<SettingKey, { value: Promise<unknown>; until: number }>();

/** The same without asking the database each time: a change made on another server holds here a moment later. */
export function recentSetting<Key extends SettingKey>(
  key: Key,
  tx?: Transaction,
): Promise<SettingValue<Key>> {
  const found = known.get(key);
  if (found && found.until > Date.now()) return found.value as Promise<SettingValue<Key>>;
  const value = setting(key, tx);
  known.set(key, { value, until: Date.now() + FRESH_MS });
  value.catch(() => forget(key));
  return value;
}

export const forget = (key: SettingKey): void => void known.delete(key);
