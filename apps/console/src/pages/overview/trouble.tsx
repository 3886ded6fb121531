import { useQuery } from '@tanstack/react-query';
import type { Schema } from '#libs/admin-api';
import { answer, api } from '../../api/client';
import { formatUsd, nanoUsd } from '../../format/money';
import { formatShare } from '../../format/number';
import { useAllowed } from '../../session/me';
import { useOrganization } from '../../shell/organization';
import { overviewTexts } from '../../texts/overview';
import { Answer } from '../../ui/answer';
import { Badge, Dot } from '../../ui/badge';
import { Section } from '../../ui/page';
import styles from './overview.module.css';

type Budget = Schema<'BudgetStateAnswer'>;

/** From this share on a budget is worth a look. */
const DANGER = 0.8;
const LIMIT = 200;

export function BudgetsInDanger() {
  const organization = useOrganization();
  const mayRead = useAllowed('budgets:read');
  const query = useQuery({
    enabled: mayRead,
    queryKey: [organization, 'overview', 'budgets'],
    queryFn: async () => {
      const params = { path: { organization }, query: { limit: LIMIT } };
      return (await answer(api.GET('/api/v1/organizations/{organization}/budgets', { params }))).data;
    },
  });
  if (!mayRead) return null;
  return (
    <Section title={overviewTexts.budgets}>
      <Answer of={query} lines={2}>
        {(budgets) => <Budgets budgets={budgets.filter((budget) => usedOf(budget) >= DANGER)} />}
      </Answer>
    </Section>
  );
}

function Budgets({ budgets }: { readonly budgets: readonly Budget[] }) {
  if (budgets.length === 0) return <p className={styles['fine']}>{overviewTexts.budgetsFine}</p>;
  return (
    <ul className={styles['list']}>
      {budgets
        .toSorted((a, b) => usedOf(b) - usedOf(a))
        .map((budget) => (
          <li key={budget.id}>
            <strong>{budget.slug}</strong>
            <Badge tone={usedOf(budget) >= 1 ? 'bad' : 'warn'}>
              {overviewTexts.budgetUsed(formatShare(usedOf(budget)))}
            </Badge>
            <span>{overviewTexts.budgetLeft(formatUsd(budget.remaining ?? '0'))}</span>
          </li>
        ))}
    </ul>
  );
}

function usedOf({ amount, spent, reserved }: Budget): number {
  const limit = nanoUsd(amount);
  return limit === 0n ? 1 : Number(nanoUsd(spent ?? '0') + nanoUsd(reserved ?? '0')) / Number(limit);
}

export function ModelsInTrouble() {
  const organization = useOrganization();
  const query = useQuery({
    queryKey: [organization, 'overview', 'models'],
    queryFn: async () => {
      const params = { path: { organization }, query: { limit: LIMIT } };
      return (await answer(api.GET('/api/v1/organizations/{organization}/models', { params }))).data;
    },
  });
  return (
    <Section title={overviewTexts.models}>
      <Answer of={query} lines={2}>
        {(models) => {
          const troubled = models.filter(({ health }) => overviewTexts.modelStates[health.state] !== undefined);
          if (troubled.length === 0) return <p className={styles['fine']}>{overviewTexts.modelsFine}</p>;
          return (
            <ul className={styles['list']}>
              {troubled.map(({ id, slug, provider, health }) => (
                <li key={id}>
                  <strong>{slug}</strong>
                  <Dot tone={health.state === 'open' ? 'bad' : 'warn'}>{overviewTexts.modelStates[health.state]}</Dot>
                  <span>{provider}</span>
                </li>
              ))}
            </ul>
          );
        }}
      </Answer>
    </Section>
  );
}
