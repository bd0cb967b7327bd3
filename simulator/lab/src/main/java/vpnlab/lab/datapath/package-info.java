/** ESP on the lab's computers: what carries inner packets once IKE has made the keys. */
package vpnlab.lab.datapath;
