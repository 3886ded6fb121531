import type { World } from './world.js';

/** Paths of the admin API below the organization, and the most milliseconds that 95 of 100 answers may take; null: none stated. */
export interface Question {
  readonly name: string;
  readonly path: string;
  readonly within: number | null;
}

/** From the first of the days on, `pages` pages deep where a question is about depth. */
export async function questionsOf(world: World, days: readonly string[]): Promise<Question[]> {
  const [from, to] = [`${days[0]}T00:00:00Z`, new Date().toISOString()];
  const usage = (groupBy: string, more = ''): string => `/usage?groupBy=${groupBy}&from=${from}&to=${to}${more}`;
  const log = (filter: string): string => `/requests?limit=50&${filter}`;
  const deep = await cursorAfter(world, '/requests?limit=200&team=team-1', 50);
  return [
    { name: 'usage by team and model, 90 days', path: usage('team,model'), within: 200 },
    { name: 'usage by team and model, 90 days, by day', path: usage('team', '&interval=day'), within: null },
    { name: 'usage by service and route, 90 days', path: usage('service,route'), within: null },
    { name: 'usage by a tag, 90 days', path: usage('tag.env'), within: null },
    { name: 'log, newest first', path: log(''), within: null },
    { name: 'log of a team', path: log('team=team-1'), within: 100 },
    { name: 'log of a team, after 10,000 calls', path: log(`team=team-1&cursor=${deep}`), within: 100 },
    { name: 'log of a team, a month ago', path: log(`team=team-1&to=${days[60]}T00:00:00Z`), within: 100 },
    { name: 'log of a service', path: log('service=service-200'), within: null },
    { name: 'log of a model', path: log('model=model-7'), within: null },
    { name: 'log, failures', path: log('status=5xx'), within: null },
    { name: 'log, failures of a team', path: log('team=team-1&status=5xx'), within: 100 },
    { name: 'log by a tag', path: log('tag.customer=c-42'), within: null },
    { name: 'log by a tag that no call has', path: log('tag.customer=nobody'), within: null },
    { name: 'log of a service that never called', path: log('service=nobody'), within: null },
  ];
}

export async function ask({ stack }: World, path: string): Promise<{ data: unknown[]; nextCursor: string | null }> {
  const answer = await stack.admin<{ data: unknown[]; nextCursor: string | null }>('GET', `/organizations/acme${path}`);
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function cursorAfter(world: World, path: string, pages: number): Promise<string> {
  let cursor = '';
  for (let page = 0; page < pages; page++)
    cursor = (await ask(world, `${path}${cursor && `&cursor=${cursor}`}`)).nextCursor ?? cursor;
  return cursor;
}
