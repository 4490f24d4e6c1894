import { useRouter } from 'vue-router'
import { logOut } from '../actions/session'

/** 「ログアウト」, wherever it stands. */
export function useLogOut(): () => Promise<void> {
  const router = useRouter()
  return async () => {
    if (await logOut()) await router.push('/login')
  }
}
