import { createHash } from 'node:crypto';

/** The console's look (apps/console/src/theme/tokens.css), as much of it as these pages need. */
const STYLE = `
:root { color-scheme: light dark; --canvas: #f7f8fa; --surface: #fff; --line: #e3e6eb; --line-strong: #c6ccd6; --ink: #161a22;
  --faint: #646e7e; --accent: #3451d1; --accent-hover: #2a43b3; --link: #2f49bd; --bad: #c0262d; --bad-soft: #fdeaea; --focus: #3451d1;
  font: 14px/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
@media (prefers-color-scheme: dark) { :root { --canvas: #0e1116; --surface: #151921; --line: #262d39; --line-strong: #3a4454;
  --ink: #e7eaf0; --faint: #8b95a6; --accent: #4a68e8; --accent-hover: #5c79f2; --link: #93a8ff; --bad: #ff7f80; --bad-soft: #371a1c;
  --focus: #93a8ff; } }
* { box-sizing: border-box; }
body { display: grid; align-content: center; justify-items: center; gap: 20px; min-height: 100vh; margin: 0; padding: 24px 16px;
  background: var(--canvas); color: var(--ink); }
.brand { display: flex; align-items: center; gap: 10px; font-size: 18px; font-weight: 650; letter-spacing: -.01em; }
main { width: min(380px, 100%); padding: 24px; border: 1px solid var(--line); border-radius: 10px; background: var(--surface); }
h1 { margin: 0 0 16px; font-size: 19px; font-weight: 600; letter-spacing: -.01em; }
p { margin: 0 0 14px; overflow-wrap: anywhere; }
a { color: var(--link); }
label { display: block; margin: 0 0 14px; font-size: 13px; font-weight: 500; }
input { width: 100%; height: 36px; margin-top: 4px; padding: 0 10px; border: 1px solid var(--line-strong); border-radius: 6px;
  background: var(--surface); color: inherit; font: inherit; font-weight: 400; }
input::placeholder { color: var(--faint); opacity: 1; }
button { width: 100%; height: 36px; border: 1px solid var(--accent); border-radius: 6px; background: var(--accent); color: #fff;
  font: inherit; font-weight: 500; cursor: pointer; }
button:hover { background: var(--accent-hover); }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
.flaw { padding: 8px 12px; border-radius: 6px; background: var(--bad-soft); color: var(--ink); }
.more { margin: 20px 0 0; padding-top: 20px; border-top: 1px solid var(--line); }
.more button { border-color: var(--line-strong); background: none; color: inherit; }
.more button:hover { background: var(--canvas); }`;

const BRAND = `<div class="brand"><svg width="26" height="26" viewBox="0 0 24 24" aria-hidden="true"><rect width="24" height="24" rx="6" fill="#3b5bdb"/><path d="M6 18V7.5M6 9.5l11.5-3v3L6 12.5M18 18v-4.5" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>Tollgate</div>`;

/** The style is constant, so its hash allows it and nothing else; no script runs here, nothing is loaded. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The few pages that the admin app itself shows to people: signing in and out. */
export const page = {
  /** `body`: HTML, whose texts are escaped. */
  render(title: string, body: string): string {
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · Tollgate</title>
<style>${STYLE}</style>
</head>
<body>${BRAND}<main><h1>${escaped(title)}</h1>
${body}
</main></body>
</html>
`;
  },

  headers(): Record<string, string> {
    return {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'cache-control': 'no-store',
    };
  },

  /** A text between tags or in a quoted attribute. */
  text: escaped,
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
