import "server-only";
import { database } from "@/lib/platform/database";
import { SETTINGS, type SettingKey, type SettingValue } from "./settings";

/** What is set for the installation; read anew each time, so that a change holds at once on every server. */
export async function setting<Key extends SettingKey>(key: Key): Promise<SettingValue<Key>> {
  const row = await database().setting.findUnique({ where: { key }, select: { value: true } });
  const { schema, unset } = SETTINGS[key];
  // The key's own schema: TypeScript does not follow it through the index.
  return schema.parse(row?.value ?? unset) as SettingValue<Key>;
}
