package vpnlab.files;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
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
    Element root = parse(xml);
    if (!root.getLocalName().equals("VPNProfile")) {
      throw new IllegalArgumentException("its root element is " + root.getLocalName());
    }
    Optional<Element> nativeProfile = child(root, "NativeProfile");
    if (nativeProfile.isEmpty()) {
      throw new IllegalArgumentException("has no NativeProfile");
    }
    String servers = text(nativeProfile.get(), "Servers");
    Optional<Element> method =
        descend(nativeProfile.get(), "Authentication", "Eap", "Configuration", "EapHostConfig")
            .flatMap(config -> descend(config, "Config", "Eap"));
    return new DialedProfile(
        name,
        servers.split(";")[0].strip(),
        text(nativeProfile.get(), "NativeProtocolType").toLowerCase(Locale.ROOT),
        authentication(nativeProfile.get(), method),
        "",
        List.of(),
        method.flatMap(ProfileXml::validation),
        text(root, "DeviceCompliance", "Enabled").equals("true"),
        method.flatMap(ProfileXml::filter));
  }

  private static Element parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      Document document = builder.parse(new InputSource(new StringReader(xml)));
      return document.getDocumentElement();
    } catch (SAXException e) {
      throw new IllegalArgumentException("is no XML: " + e.getMessage(), e);
    } catch (IOException | ParserConfigurationException e) {
      throw new IllegalStateException("from memory, with the JDK's parser", e);
    }
  }

  private static String authentication(Element nativeProfile, Optional<Element> method) {
    if (method.isEmpty()) {
      boolean certificate =
          text(nativeProfile, "Authentication", "MachineMethod").equals("Certificate");
      return certificate ? "machine-certificate" : "";
    }
    String outer = text(method.get(), "Type");
    if (!outer.equals(PEAP)) {
      return bare(outer);
    }
    String inner = descend(method.get(), "EapType", "Eap").map(one -> text(one, "Type")).orElse("");
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
  private static Optional<ServerValidation> validation(Element method) {
    Optional<Element> type = child(method, "EapType");
    Optional<Element> section = type.flatMap(each -> child(each, "ServerValidation"));
    if (section.isEmpty()) {
      return Optional.empty();
    }
    String performed =
        child(type.get(), "PeapExtensions")
            .map(extensions -> text(extensions, "PerformServerValidation"))
            .orElseGet(() -> text(type.get(), "PerformServerValidation"));
    List<String> roots = new ArrayList<>();
    for (Element root : children(section.get(), "TrustedRootCA")) {
      roots.add(root.getTextContent().replaceAll("\\s", "").toLowerCase(Locale.ROOT));
    }
    String names = text(section.get(), "ServerNames");
    return Optional.of(
        new ServerValidation(
            !performed.equals("false"),
            roots,
            names.isEmpty() ? List.of() : List.of(names.split(";")),
            text(type.get(), "RequireCryptoBinding").equals("true")));
  }

  /** The filter of EAP-TLS, bare or inside PEAP. */
  private static Optional<TlsExtensions> filter(Element method) {
    Optional<Element> inner = descend(method, "EapType", "Eap");
    if (inner.isPresent()) {
      return filter(inner.get());
    }
    Optional<Element> section = descend(method, "EapType", "TLSExtensions");
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> mapping = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    Optional<Element> info = child(section.get(), "FilteringInfo");
    for (Element map : info.map(each -> below(each, "EKUMapping", "EKUMap")).orElse(List.of())) {
      String oid = text(map, "EKUOID");
      if (!oid.isEmpty()) {
        mapping.put(text(map, "EKUName"), oid);
      }
    }
    Optional<Element> list = info.flatMap(each -> child(each, "ClientAuthEKUList"));
    if (list.filter(each -> !each.getAttribute("Enabled").equals("false")).isPresent()) {
      children(list.get(), "EKUMapInList").forEach(each -> names.add(text(each, "EKUName")));
    }
    return Optional.of(new TlsExtensions(mapping, names));
  }

  private static List<Element> below(Element parent, String first, String second) {
    return child(parent, first).map(each -> children(each, second)).orElse(List.of());
  }

  private static Optional<Element> descend(Element from, String... path) {
    Optional<Element> at = Optional.of(from);
    for (String step : path) {
      at = at.flatMap(each -> child(each, step));
    }
    return at;
  }

  private static Optional<Element> child(Element parent, String name) {
    return children(parent, name).stream().findFirst();
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getLocalName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }

  private static String text(Element from, String... path) {
    return descend(from, path).map(each -> each.getTextContent().strip()).orElse("");
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
