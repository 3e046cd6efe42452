import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { login } from "../../api/commands";
import { isProblem } from "../../api/problem";
import { meQuery } from "../../api/queries";
import { LangSwitch } from "../../parts/session/LangSwitch";
import { sentence } from "../../parts/state/Region";
import { homeOf } from "./home";

interface Account {
  login: string;
  password: string;
}

export function LoginPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [, setUrl] = useSearchParams();
  const sending = useMutation({
    mutationFn: login,
    onSuccess: (me) => {
      const home = homeOf(me, new URLSearchParams(window.location.search));
      if (home) setUrl(home, { replace: true });
      client.setQueryData(meQuery().queryKey, me);
    },
  });
  const wrong = isProblem(sending.error) && sending.error.status === 401;
  return (
    <main className="login">
      <div className="login-lang">
        <LangSwitch />
      </div>
      <Form<Account>
        className="login-form"
        layout="vertical"
        requiredMark={false}
        onFinish={(account) => sending.mutate(account)}
      >
        <h1>{t("session.title")}</h1>
        <Form.Item
          name="login"
          label={t("session.login")}
          rules={[{ required: true, message: t("session.loginMissing") }]}
        >
          <Input autoFocus autoComplete="username" data-testid="login-user" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t("session.password")}
          rules={[{ required: true, message: t("session.passwordMissing") }]}
        >
          <Input.Password autoComplete="current-password" data-testid="login-password" />
        </Form.Item>
        {sending.error && (
          <Alert
            type="error"
            showIcon
            role="alert"
            title={sentence(sending.error, t)}
            description={wrong ? t("session.wrongNext") : t("session.failedNext")}
          />
        )}
        <Button
          type="primary"
          htmlType="submit"
          block
          loading={sending.isPending}
          data-testid="login-submit"
        >
          {t("session.enter")}
        </Button>
      </Form>
    </main>
  );
}
