import type { Config } from "tailwindcss";

/** The design tokens by name; their values, for light and dark, are CSS variables in app/globals.css. */
export default {
  content: [],
  theme: {
    extend: {
      colors: {
        bg: "var(--bg)",
        surface: "var(--surface)",
        raised: "var(--raised)",
        line: "var(--line)",
        control: "var(--control)",
        ink: "var(--ink)",
        muted: "var(--muted)",
        accent: "var(--accent)",
        "on-accent": "var(--on-accent)",
        "accent-soft": "var(--accent-soft)",
        signal: "var(--signal)",
        danger: "var(--danger)",
        ok: "var(--ok)",
      },
      borderRadius: { sm: "8px", md: "12px", lg: "18px" },
      fontFamily: { sans: "var(--font-sans)", mono: "var(--font-mono)" },
      boxShadow: { composer: "var(--shadow-composer)" },
      maxWidth: { column: "720px" },
      transitionDuration: { DEFAULT: "120ms" },
    },
  },
} satisfies Config;
