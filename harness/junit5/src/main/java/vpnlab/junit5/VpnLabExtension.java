package vpnlab.junit5;

import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import vpnlab.lab.Lab;
import vpnlab.lab.NetworkKind;
import vpnlab.lab.spec.LabSpec;
import vpnlab.runner.Home;
import vpnlab.runner.Scenario;
import vpnlab.runner.ScenarioCatalogue;

/** Gives tests the parameters that {@link VpnLab} announces. */
public final class VpnLabExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(VpnLabExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return parameter.isAnnotated(VpnLab.class) && (type == Lab.class || type == ScenarioRun.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    VpnLab wanted = parameter.findAnnotation(VpnLab.class).orElseThrow();
    ScenarioCatalogue catalogue = ScenarioCatalogue.of(Home.find());
    if (parameter.getParameter().getType() == ScenarioRun.class) {
      return new ScenarioRun(catalogue.scenario(wanted.value()), wanted.seed());
    }
    Lab lab = lab(catalogue, wanted);
    // Closed with the test: JUnit closes what its store holds.
    context.getStore(NAMESPACE).put(parameter.getIndex(), (AutoCloseable) lab::close);
    return lab;
  }

  private static Lab lab(ScenarioCatalogue catalogue, VpnLab wanted) {
    if (catalogue.loader().labNames().contains(wanted.value())) {
      LabSpec spec = LabSpec.of(catalogue.loader().lab(wanted.value(), catalogue.root()));
      return Lab.start(spec, NetworkKind.VIRTUAL, wanted.seed());
    }
    Scenario scenario = catalogue.scenario(wanted.value());
    long seed = wanted.seed() == 0 ? scenario.seed() : wanted.seed();
    return Lab.start(scenario.labWithout(Set.of()), NetworkKind.VIRTUAL, seed);
  }
}
