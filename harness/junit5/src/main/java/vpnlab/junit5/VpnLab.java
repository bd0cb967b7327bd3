package vpnlab.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * On a test class: parameters may be labs. On a parameter of type {@link vpnlab.lab.Lab}: a running
 * lab, by the name of a healthy lab or of a scenario, closed after the test. On a parameter of type
 * {@link ScenarioRun}: a scenario that is ready to be run.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.PARAMETER})
@ExtendWith(VpnLabExtension.class)
public @interface VpnLab {
  /** The name of a scenario or of a healthy lab; meaningless on a class. */
  String value() default "always-on";

  /** All randomness comes from it; 0 for the scenario's own. */
  long seed() default 0;
}
