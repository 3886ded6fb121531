import { createHash } from 'node:crypto';

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { display: grid; place-items: center; min-height: 100vh; margin: 0; }
main { width: min(22rem, 90vw); }
h1 { font-size: 1.4rem; }
label { display: block; margin: 0 0 1rem; }
input { box-sizing: border-box; width: 100%; padding: .5rem; font: inherit; }
button { width: 100%; padding: .6rem; font: inherit; cursor: pointer; }
.flaw { padding: .5rem .75rem; border-left: 4px solid #c62828; }
.more { margin-top: 1.5rem; font-size: .9rem; }`;

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
<body><main><h1>${escaped(title)}</h1>
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
