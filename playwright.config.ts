import { defineConfig, devices } from "@playwright/test";

/**
 * The browser's tests, against the production build (.next) with the emulator. Each worker starts a server and
 * an emulator of its own on free ports (e2e/support), so nothing is shared and nothing needs to be running.
 */
export default defineConfig({
  testDir: "e2e",
  // Far more than anything takes: a busy machine must not fail a test.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [["line"], ["json"]] : [["line"]],
  use: {
    // Without a film of each page, which takes as much as the page itself; a failure keeps what was on it at each step.
    trace: { mode: "retain-on-failure", screenshots: false, sources: false },
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
    },
  },
  projects: [
    { name: "desktop", use: { ...devices["Desktop Chrome"], channel: undefined, locale: "en-GB" } },
    {
      name: "phone",
      testMatch: /\.phone\.spec\.ts$/,
      use: { ...devices["Pixel 7"], channel: undefined, locale: "en-GB" },
    },
  ].map((project) =>
    project.name === "desktop" ? { ...project, testIgnore: /\.phone\.spec\.ts$/ } : project,
  ),
});
