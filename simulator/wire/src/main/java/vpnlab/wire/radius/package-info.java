/** RADIUS packets and attributes (RFC 2865, 2548, 3579) as octets and records. */
package vpnlab.wire.radius;
