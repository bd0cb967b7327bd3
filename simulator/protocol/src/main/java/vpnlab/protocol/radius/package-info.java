/**
 * Both ends of RADIUS authentication (RFC 2865, 3579) and its arithmetic, with Microsoft's keys
 * (RFC 2548); and the bookkeeping of EAP conversations behind it.
 */
package vpnlab.protocol.radius;
