package vpnlab.features;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** All features; fails when none of their scenarios was executed. */
@Suite
@IncludeEngines("cucumber")
@SelectPackages("features")
@ConfigurationParameter(key = "cucumber.glue", value = "vpnlab.features")
@ConfigurationParameter(key = "cucumber.plugin", value = "vpnlab.features.ExecutionCount")
@ConfigurationParameter(key = "cucumber.execution.parallel.enabled", value = "true")
@ConfigurationParameter(key = "cucumber.junit-platform.naming-strategy", value = "long")
class FeaturesTest {
  @AfterSuite
  static void somethingWasExecuted() {
    assertThat(ExecutionCount.total())
        .as("scenarios that were executed; check tags and features")
        .isPositive();
  }
}
