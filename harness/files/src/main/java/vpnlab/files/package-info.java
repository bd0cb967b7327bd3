/**
 * Evidence in files: the logs that administrators export or copy from Windows servers and clients,
 * read as they are and sorted into attempts to connect. Knows evidence, the wire and engines, and
 * nothing of the lab.
 */
package vpnlab.files;
