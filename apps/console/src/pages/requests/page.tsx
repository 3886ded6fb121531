import { pageTitles } from '../../texts/shell';
import { Page } from '../../ui/page';

export default function Stub() {
  return <Page title={pageTitles['requests']}>{null}</Page>;
}
