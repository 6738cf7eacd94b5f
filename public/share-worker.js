// Takes what a telephone's share sheet hands over to "/share-target", and keeps it for the page that opens then. It is
// registered for that one address alone: no request of a page goes through here, and nothing else is ever kept.
// lib/client/shared-in.ts takes it out again and knows the same names.
const KEPT = "shared-in";

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("fetch", (event) => {
  if (event.request.method === "POST") event.respondWith(taken(event.request));
});

async function taken(request) {
  try {
    await keep(await request.formData());
    return Response.redirect("/", 303);
  } catch {
    // The browser has no room, say. The address itself leads on to where that is told.
    return Response.redirect("/share-target", 303);
  }
}

/** In one write, whole or not at all, beside what was handed over before and not taken yet. */
async function keep(form) {
  const cache = await caches.open(KEPT);
  await cache.put(`/share-target/${Date.now()}-${crypto.randomUUID()}`, new Response(form));
}
