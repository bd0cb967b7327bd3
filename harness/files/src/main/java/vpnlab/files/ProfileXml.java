package vpnlab.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import vpnlab.evidence.DialedProfile;
import vpnlab.evidence.ServerValidation;
import vpnlab.evidence.TlsExtensions;

/**
 * ProfileXML of the VPNv2 configuration service provider: the servers, the native protocol, the
 * authentication with its EapHostConfig, conditional access and the TLSExtensions filter.
 */
final class ProfileXml {
  private static final String EAP_TLS = "13";
  private static final String PEAP = "25";
  private static final String EAP_MSCHAPV2 = "26";
  private static final String BASE =
      "http://www.microsoft.com/provisioning/BaseEapConnectionPropertiesV1";

  private ProfileXml() {}

  /**
   * @throws IllegalArgumentException when it is no XML, or no profile of that kind
   */
  static DialedProfile read(String name, String xml) {
    XmlElement root = XmlElement.parse(xml);
    if (!root.name().equals("VPNProfile")) {
      throw new IllegalArgumentException("its root element is " + root.name());
    }
    Optional<XmlElement> nativeProfile = root.descend("NativeProfile");
    if (nativeProfile.isEmpty()) {
      throw new IllegalArgumentException("has no NativeProfile");
    }
    String servers = nativeProfile.get().text("Servers");
    Optional<XmlElement> method =
        nativeProfile
            .get()
            .descend("Authentication", "Eap", "Configuration", "EapHostConfig")
            .flatMap(config -> config.descend("Config", "Eap"));
    return new DialedProfile(
        name,
        servers.split(";")[0].strip(),
        nativeProfile.get().text("NativeProtocolType").toLowerCase(Locale.ROOT),
        authentication(nativeProfile.get(), method),
        "",
        List.of(),
        method.flatMap(ProfileXml::validation),
        root.text("DeviceCompliance", "Enabled").equals("true"),
        method.flatMap(ProfileXml::filter));
  }

  private static String authentication(XmlElement nativeProfile, Optional<XmlElement> method) {
    if (method.isEmpty()) {
      boolean certificate =
          nativeProfile.text("Authentication", "MachineMethod").equals("Certificate");
      return certificate ? "machine-certificate" : "";
    }
    String outer = method.get().text("Type");
    if (!outer.equals(PEAP)) {
      return bare(outer);
    }
    String inner = method.get().descend("EapType", "Eap").map(one -> one.text("Type")).orElse("");
    return "peap-" + bare(inner);
  }

  private static String bare(String type) {
    return switch (type) {
      case EAP_TLS -> "eap-tls";
      case EAP_MSCHAPV2 -> "eap-mschapv2";
      default -> "eap-" + type;
    };
  }

  /** How the outer method judges the certificate of NPS. */
  private static Optional<ServerValidation> validation(XmlElement method) {
    Optional<XmlElement> type = method.descend("EapType");
    Optional<XmlElement> section = type.flatMap(each -> each.descend("ServerValidation"));
    if (section.isEmpty()) {
      return Optional.empty();
    }
    String performed =
        type.get()
            .descend("PeapExtensions")
            .map(extensions -> extensions.text("PerformServerValidation"))
            .orElseGet(() -> type.get().text("PerformServerValidation"));
    List<String> roots = new ArrayList<>();
    for (XmlElement root : section.get().children("TrustedRootCA")) {
      roots.add(root.text().replaceAll("\\s", "").toLowerCase(Locale.ROOT));
    }
    String names = section.get().text("ServerNames");
    return Optional.of(
        new ServerValidation(
            !performed.equals("false"),
            roots,
            names.isEmpty() ? List.of() : List.of(names.split(";")),
            type.get().text("RequireCryptoBinding").equals("true")));
  }

  /** The filter of EAP-TLS, bare or inside PEAP. */
  private static Optional<TlsExtensions> filter(XmlElement method) {
    Optional<XmlElement> inner = method.descend("EapType", "Eap");
    if (inner.isPresent()) {
      return filter(inner.get());
    }
    Optional<XmlElement> section = method.descend("EapType", "TLSExtensions");
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> mapping = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    Optional<XmlElement> info = section.get().descend("FilteringInfo");
    for (XmlElement map : info.map(each -> below(each, "EKUMapping", "EKUMap")).orElse(List.of())) {
      String oid = map.text("EKUOID");
      if (!oid.isEmpty()) {
        mapping.put(map.text("EKUName"), oid);
      }
    }
    Optional<XmlElement> list = info.flatMap(each -> each.descend("ClientAuthEKUList"));
    if (list.filter(each -> !each.attribute("Enabled").equals("false")).isPresent()) {
      list.get().children("EKUMapInList").forEach(each -> names.add(each.text("EKUName")));
    }
    return Optional.of(new TlsExtensions(mapping, names));
  }

  private static List<XmlElement> below(XmlElement parent, String first, String second) {
    return parent.descend(first).map(each -> each.children(second)).orElse(List.of());
  }

  /** The profile as XML, on one line. */
  static String write(DialedProfile profile) {
    StringBuilder xml = new StringBuilder("<VPNProfile>");
    if (profile.deviceCompliance()) {
      xml.append("<DeviceCompliance><Enabled>true</Enabled></DeviceCompliance>");
    }
    xml.append("<NativeProfile>").append(element("Servers", profile.server()));
    xml.append(element("NativeProtocolType", profile.tunnelType())).append("<Authentication>");
    boolean eap = profile.authentication().contains("eap-");
    xml.append(
        eap
            ? "<UserMethod>Eap</UserMethod><Eap><Configuration>"
                + "<EapHostConfig xmlns=\"http://www.microsoft.com/provisioning/EapHostConfig\"><Config>"
                + method(profile)
                + "</Config></EapHostConfig></Configuration></Eap>"
            : "<MachineMethod>Certificate</MachineMethod>");
    return xml.append("</Authentication></NativeProfile></VPNProfile>").toString();
  }

  private static String method(DialedProfile profile) {
    boolean peap = profile.authentication().startsWith("peap-");
    String type = profile.authentication().endsWith("eap-tls") ? EAP_TLS : EAP_MSCHAPV2;
    String filter = profile.tlsExtensions().map(ProfileXml::write).orElse("");
    if (!peap) {
      return eap(type, validation(profile, false) + filter);
    }
    return eap(PEAP, eap(type, filter) + validation(profile, true));
  }

  private static String eap(String type, String settings) {
    return "<Eap xmlns=\""
        + BASE
        + "\">"
        + element("Type", type)
        + "<EapType>"
        + settings
        + "</EapType></Eap>";
  }

  private static String validation(DialedProfile profile, boolean peap) {
    if (profile.serverValidation().isEmpty()) {
      return "";
    }
    ServerValidation validation = profile.serverValidation().get();
    StringBuilder xml = new StringBuilder("<ServerValidation>");
    xml.append(element("ServerNames", String.join(";", validation.serverNames())));
    validation.trustedRoots().forEach(root -> xml.append(element("TrustedRootCA", root)));
    xml.append("</ServerValidation>");
    String performed = element("PerformServerValidation", Boolean.toString(validation.enabled()));
    xml.append(
        peap
            ? element("RequireCryptoBinding", Boolean.toString(validation.cryptobindingRequired()))
                + "<PeapExtensions>"
                + performed
                + "</PeapExtensions>"
            : performed);
    return xml.toString();
  }

  private static String write(TlsExtensions filter) {
    StringBuilder xml = new StringBuilder("<TLSExtensions><FilteringInfo><EKUMapping>");
    filter
        .ekuMapping()
        .forEach(
            (name, oid) ->
                xml.append("<EKUMap>")
                    .append(element("EKUName", name))
                    .append(element("EKUOID", oid))
                    .append("</EKUMap>"));
    xml.append("</EKUMapping><ClientAuthEKUList Enabled=\"true\">");
    filter
        .clientAuthEkus()
        .forEach(
            name ->
                xml.append("<EKUMapInList>")
                    .append(element("EKUName", name))
                    .append("</EKUMapInList>"));
    return xml.append("</ClientAuthEKUList></FilteringInfo></TLSExtensions>").toString();
  }

  private static String element(String name, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return "<" + name + ">" + escaped + "</" + name + ">";
  }
}
