@conditional-access
Feature: Conditional access
  Before it dials, the client asks the cloud for a certificate of an hour. The cloud judges the device and the user. What it
  refuses must not come in by another certificate: the profile's filter and NPS see to that.

  Scenario Outline: <scenario>
    When the scenario "<scenario>" is played
    Then the client shows error <code>
    And the diagnosis of the administrator is "<cause>" at stage "<stage>"
    And everything is as the scenario expects

    Examples:
      | scenario                     | code | stage          | cause                                      |
      | ca-policy-not-satisfied      | 798  | authorization  | conditional-access-policy-unmet            |
      | ca-multi-factor-missing      | 798  | authorization  | conditional-access-policy-unmet            |
      | ca-oops-ok-loop              | 600  | authorization  | conditional-access-policy-unmet            |
      | ca-correct-filter-no-cert    | 798  | authentication | client-cloud-cert-missing                  |
      | ca-cloud-cert-expired        | 798  | authentication | client-cloud-cert-expired                  |
      | ca-ekuoid-wrong              | 798  | authorization  | profile-ekuoid-wrong                       |
      | ca-nps-oid-required-cert-lacks | 812 | authorization | client-cert-without-conditional-access-oid |
      | ca-nps-revocation-check      | 812  | authentication | nps-crl-check-on-short-lived-cert          |

  Scenario Outline: past the policy: <scenario>
    When the scenario "<scenario>" is played
    Then the client is connected
    And the diagnosis from the client is "<cause>" at stage "authorization"
    And a finding cites "<evidence>"
    And everything is as the scenario expects

    Examples:
      | scenario                             | cause                                | evidence                       |
      | ca-tlsextensions-missing             | profile-tlsextensions-missing        | no TLSExtensions section       |
      | ca-ekuname-missing                   | profile-ekuname-missing              | ClientAuthEKUList = []         |
      | ca-ekuoid-missing                    | profile-ekuoid-wrong                 | EKUMapping = {}                |
      | ca-oops-x-connects-with-other-cert   | conditional-access-bypass-other-cert | Issuer = CN=Corp Issuing CA    |
      | ca-cloud-cert-present-but-other-used | conditional-access-bypass-other-cert | Issuer = CN=Corp Issuing CA    |

  Scenario: every OK asks the cloud again
    When the scenario "ca-oops-ok-loop" is played
    Then the log of "tablet" has event 1098
    And the log of "tablet" has no event 20221

  Scenario: NPS sees which certificate came in
    When the scenario "ca-tlsextensions-missing" is played
    Then the log of "nps" has event 6272 with NetworkPolicyName "conditional-access"
    And the log of "nps" has event 11 with Subject "CN=carol"

  Scenario: the cloud's certificate passes
    When the scenario "healthy-ikev2-conditional-access" is played
    Then the log of "tablet" has event 1099
    And the log of "tablet" has event 70 with Issuer "CN=Microsoft VPN root CA gen 1"
    And everything is as the scenario expects
