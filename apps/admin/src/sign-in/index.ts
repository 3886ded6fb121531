export { AdminAuthGuard } from './admin-auth.guard.js';
export { SignInModule } from './sign-in.module.js';
