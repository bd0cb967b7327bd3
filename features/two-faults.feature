@two-faults
Feature: Two faults at once
  The earlier fault hides the later one. Whoever heals the first and dials again must be told of the second, and after
  that of none.

  Scenario Outline: <scenario>
    When the scenario "<scenario>" is played
    Then the client shows error <code>
    And the diagnosis of the administrator is "<cause>"
    And after healing "<fault>":
    Then the client shows error <then>
    And the diagnosis of the administrator is "<later>"
    And everything is as the scenario expects

    Examples:
      | scenario                                   | fault               | code  | cause                      | then  | later                            |
      | ikev2-two-faults-port-then-certificate     | udp-500-blocked     | 809   | udp-500-blocked-perimeter  | 13801 | server-certificate-expired       |
      | ikev2-two-faults-name-then-password        | record-missing      | 868   | name-not-resolvable        | 691   | wrong-password                   |
      | ikev2-two-faults-certificate-then-password | certificate-expired | 13801 | server-certificate-expired | 691   | wrong-password                   |
      | ikev2-two-faults-password-then-pool        | wrong-password      | 691   | wrong-password             | 840   | address-pool-empty               |
      | ikev2-two-faults-nps-then-policy           | nps-down            | 812   | nps-down                   | 812   | nps-policy-denies                |
      | ikev2-two-faults-proposal-then-name        | no-common-proposal  | 13868 | no-common-ike-proposal     | 13801 | server-certificate-name-mismatch |
