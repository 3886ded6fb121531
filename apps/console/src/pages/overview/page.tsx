import { useAllowed } from '../../session/me';
import { usePathTo } from '../../shell/organization';
import { PeriodPicker } from '../../shell/period-picker';
import { overviewTexts } from '../../texts/overview';
import { pageTitles } from '../../texts/shell';
import { LinkButton } from '../../ui/button';
import { Grid, Page } from '../../ui/page';
import { Empty } from '../../ui/states';
import { Breakdown } from './breakdown';
import { CallsChart, SpeedChart, SpendChart } from './charts';
import { Figures } from './figures';
import { NewestCalls } from './newest-calls';
import { BudgetsInDanger, ModelsInTrouble } from './trouble';
import { usePerformance, useRefreshOnCalls } from './use-overview';

export default function Overview() {
  useRefreshOnCalls();
  const mayReadRequests = useAllowed('requests:read');
  return (
    <Page title={pageTitles.overview} about={overviewTexts.about} actions={<PeriodPicker />}>
      <NothingYet />
      <Figures />
      <Grid minPx={380}>
        <CallsChart />
        <SpeedChart />
      </Grid>
      <Grid minPx={380}>
        <SpendChart />
        <Breakdown />
      </Grid>
      <Grid minPx={300}>
        <BudgetsInDanger />
        <ModelsInTrouble />
      </Grid>
      {mayReadRequests && <NewestCalls />}
    </Page>
  );
}

/** The way to the first call, as long as there is none. */
function NothingYet() {
  const to = usePathTo();
  const mayBegin = useAllowed('services:write');
  const { data } = usePerformance(null);
  if (data === undefined || data.length > 0) return null;
  return (
    <Empty
      title={overviewTexts.noneYet}
      actions={
        mayBegin && (
          <LinkButton kind="primary" to={to('first-run')}>
            {overviewTexts.getStarted}
          </LinkButton>
        )
      }
    >
      <p>{overviewTexts.noneYetDetail}</p>
    </Empty>
  );
}
