import { Route, Routes } from 'react-router';
import { Call } from './call';
import { Explorer } from './explorer';

export default function Requests() {
  return (
    <Routes>
      <Route index element={<Explorer />} />
      <Route path=":request" element={<Call />} />
    </Routes>
  );
}
