import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { SIDEBAR_COOKIE, TIME_ZONE_COOKIE } from "@/components/account/preferences";
import { signInPath } from "@/components/auth/next-path";
import { Frame } from "@/components/sidebar/frame";
import { dayIn } from "@/components/sidebar/groups";
import { StoresProvider } from "@/lib/client/stores";
import { currentPerson } from "@/lib/http/person";
import { isTheme, THEME_COOKIE } from "@/lib/i18n/locales";
import { placeOf } from "@/lib/ionos/place";
import { pictureLimits } from "@/lib/models/images";
import { offeredModels } from "@/lib/models/offered";
import { environment } from "@/lib/platform/environment";
import { listThreads } from "@/lib/threads/queries";
import { personSettings } from "@/lib/threads/set";
import { todayUsage } from "@/lib/usage/queries";
import type { Actor } from "@/lib/users/actor";

const ownModel = async (actor: Actor) => (await personSettings(actor)).person.model ?? null;

/** Around everything of the signed-in: the sidebar beside a main area. Everybody else is sent to sign in. */
export default async function ChatLayout({ children }: { children: ReactNode }) {
  const signedIn = await currentPerson();
  if (!signedIn) redirect(signInPath((await headers()).get("x-leeward-path")));
  const { actor, person } = signedIn;
  const [threads, today, own, jar] = await Promise.all([
    listThreads(actor, {}),
    todayUsage(actor),
    // Where there is nothing to choose, nothing has to be read.
    offeredModels().length > 1 ? ownModel(actor) : null,
    cookies(),
  ]);
  const theme = jar.get(THEME_COOKIE)?.value;
  return (
    <StoresProvider
      personId={person.id}
      pictureLimits={pictureLimits(own)}
      threads={threads}
      today={today}
      build={process.env.LEEWARD_BUILD ?? ""}
    >
      <Frame
        person={person}
        place={placeOf(environment().provider)}
        day={dayIn(jar.get(TIME_ZONE_COOKIE)?.value ?? "UTC")}
        theme={isTheme(theme) ? theme : "system"}
        collapsed={jar.get(SIDEBAR_COOKIE)?.value === "hidden"}
      >
        {children}
      </Frame>
    </StoresProvider>
  );
}
