/** A page, or where a redirect out of the tested app leads. */
export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly host: string;
  readonly path: string;
}

const REDIRECTS_MAX = 10;

/**
 * As much of a browser as signing in needs: cookies by host and path, redirects, forms. `hosts` says where the servers behind
 * public origins really listen; a redirect to another origin is not followed, the page says where it leads.
 */
export class Browser {
  private cookies: Cookie[] = [];

  constructor(private readonly hosts: Readonly<Record<string, string>>) {}

  async open(url: string | URL, init: RequestInit = {}): Promise<Page> {
    let [target, request] = [new URL(url), init];
    for (let redirects = 0; redirects < REDIRECTS_MAX; redirects++) {
      const page = await this.fetchPage(target, request);
      const location = page.headers.get('location');
      if (location === null) return page;
      [target, request] = [new URL(location, target), {}];
      if (this.hosts[target.origin] === undefined || target.pathname === '/callback') return { ...page, url: target };
    }
    throw new Error(`more than ${REDIRECTS_MAX} redirects`);
  }

  /** Sends the page's first form, its values replaced by `values`. */
  submit(page: Page, values: Readonly<Record<string, string>>): Promise<Page> {
    const form = /<form[^>]*action="(?<action>[^"]*)"[^>]*>(?<inner>[\s\S]*?)<\/form>/.exec(page.html)?.groups;
    if (!form) throw new Error(`${page.url} has no form: ${page.html}`);
    const inputs = [...(form['inner'] ?? '').matchAll(/<input (?<attributes>[^>]*)>/g)].map(({ groups }) => [
      attribute(groups?.['attributes'], 'name'),
      attribute(groups?.['attributes'], 'value'),
    ]);
    const body = new URLSearchParams({ ...Object.fromEntries(inputs), ...values });
    return this.open(new URL(attributeText(form['action'] ?? ''), page.url), { method: 'POST', body });
  }

  private async fetchPage(url: URL, init: RequestInit): Promise<Page> {
    const server = this.hosts[url.origin];
    if (server === undefined) throw new Error(`nobody is known at ${url.origin}`);
    const sent = this.cookies.filter(({ host, path }) => host === url.host && url.pathname.startsWith(path));
    const cookie = sent.map(({ name, value }) => `${name}=${value}`).join('; ');
    const response = await fetch(server + url.pathname + url.search, {
      ...init,
      redirect: 'manual',
      headers: { accept: 'text/html', ...(cookie && { cookie }), ...(init.headers as Record<string, string>) },
    });
    for (const line of response.headers.getSetCookie()) this.take(line, url);
    return { url, status: response.status, headers: response.headers, html: await response.text() };
  }

  private take(line: string, { host }: URL): void {
    const [pair = '', ...attributes] = line.split(/; */);
    const [name = '', value = ''] = pair.split('=', 2);
    const path = attributes.find((each) => /^path=/i.test(each))?.slice(5) ?? '/';
    this.cookies = this.cookies.filter((known) => !(known.name === name && known.host === host && known.path === path));
    if (value !== '') this.cookies.push({ name, value, host, path });
  }
}

function attribute(attributes: string | undefined, name: string): string {
  return attributeText(new RegExp(`${name}="([^"]*)"`).exec(attributes ?? '')?.[1] ?? '');
}

/** `&#38;` → `&`, `&amp;` → `&`. */
function attributeText(escaped: string): string {
  return escaped.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))).replaceAll('&amp;', '&');
}
