# language: ja
@japanese
機能: VPN 接続のトラブルを診断する
  同じステップを日本語でも書ける。YAML のパッチでラボを壊し、接続し、エラー コード・原因・段階を確かめる。

  シナリオ: 正常なラボでは何も検出されない
    前提 ラボ "always-on" がある
    もし "laptop" が "corp-ikev2" で接続する
    ならば クライアントは接続されている
    かつ 異常は検出されない

  シナリオ: サーバー証明書の有効期限が切れている
    前提 ラボ "always-on" がある
    かつ ラボを次のように壊す:
      """yaml
      certificates:
        rras: { notBefore: -366d, notAfter: -1d }
      """
    もし "laptop" が "corp-ikev2" で接続する
    ならば クライアントにエラー 13801 が表示される
    かつ クライアントからの診断は段階 "server-certificate" の "server-certificate-expired" である

  シナリオ: パスワードの誤りはクライアントからは特定できない
    前提 ラボ "always-on" がある
    かつ ラボを次のように壊す:
      """yaml
      clients:
        laptop:
          profiles:
            corp-ikev2: { password: chigau-password }
      """
    もし "laptop" が "corp-ikev2" で接続する
    ならば クライアントにエラー 691 が表示される
    かつ クライアントから見た原因の候補は次のとおりである
      | wrong-password              |
      | unknown-user                |
      | account-locked              |
      | account-expired             |
      | auth-provider-misconfigured |
      | server-not-domain-joined    |
      | ras-ias-group-missing       |
      | ras-ias-group-wrong-kind    |
      | access-check-read-missing   |
      | server-not-registered-in-ad |
      | ad-membership-cached        |
      | nt4-pre2000-access-missing  |
      | nt4-dc-restart-pending      |
      | directory-unreachable       |
      | computer-account-broken     |
    かつ 管理者の診断は段階 "authentication" の "wrong-password" である
    かつ "nps" のログにイベント 6273 がある

  シナリオ: 接続したまま自宅へ移動する
    前提 ラボ "always-on" がある
    もし "laptop" が "corp-ikev2" で接続する
    かつ "laptop" が "home" へ移り 8 秒後に "192.168.1.20" になり、その間 "10.0.0.5" に ping を送る
    ならば クライアントは接続されている
    かつ 失われた ping は途絶の間のものだけである
    かつ 異常は検出されない
    もし "laptop" が "files.corp.example" の名前解決をする
    ならば 応答は "10.0.0.5" である
    かつ "rras" のキャプチャに UDP ポート 4500 宛てのパケットがある

  シナリオテンプレート: カタログのシナリオ <シナリオ>
    もし シナリオ "<シナリオ>" を実行する
    ならば クライアントにエラー <コード> が表示される
    かつ すべてシナリオの期待どおりである

    例:
      | シナリオ                          | コード |
      | ikev2-name-not-resolvable         | 868    |
      | ikev2-server-certificate-missing  | 13806  |
      | ikev2-address-pool-exhausted      | 840    |
