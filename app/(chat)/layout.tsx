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
import { mostImages } from "@/lib/models/images";
import { environment } from "@/lib/platform/environment";
import { listThreads } from "@/lib/threads/queries";
import { todayUsage } from "@/lib/usage/queries";

/** Around everything of the signed-in: the sidebar beside a main area. Everybody else is sent to sign in. */
export default async function ChatLayout({ children }: { children: ReactNode }) {
  const signedIn = await currentPerson();
  if (!signedIn) redirect(signInPath((await headers()).get("x-leeward-path")));
  const { actor, person } = signedIn;
  const [threads, today, jar] = await Promise.all([listThreads(actor, {}), todayUsage(actor), cookies()]);
  const theme = jar.get(THEME_COOKIE)?.value;
  return (
    <StoresProvider personId={person.id} mostImages={mostImages()} threads={threads} today={today}>
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
